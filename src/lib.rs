//! annals: annual performance reports as one typed GraphQL API.
