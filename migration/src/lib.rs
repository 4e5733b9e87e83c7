//! The versioned schema of the annals database.
