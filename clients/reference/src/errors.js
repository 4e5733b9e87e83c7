/**
 * The one kind of fault a valid query can have here: an argument whose value is refused.
 * Must never be used for what is merely unknown; that is null.
 */

import { GraphQLError } from 'graphql';

/** The code of a refusal by a rule of annals. */
export const REFUSED = 'BAD_USER_INPUT';
/** The code of a refusal by GraphQL itself. */
export const INVALID = 'GRAPHQL_VALIDATION_FAILED';

export class BadArgument extends GraphQLError {
  /** @param {string} message */
  constructor(message) {
    super(message, { extensions: { code: REFUSED } });
  }
}
