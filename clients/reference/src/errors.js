/**
 * The one kind of fault a valid query can have here: an argument whose value is refused.
 * Must never be used for what is merely unknown; that is null.
 */

import { GraphQLError } from 'graphql';

export class BadArgument extends GraphQLError {
  /** @param {string} message */
  constructor(message) {
    super(message, { extensions: { code: 'BAD_USER_INPUT' } });
  }
}
