/**
 * Keeps account of what of the schema has been drawn, and which fields were ever answered with a value.
 * Must never count what only stands in the schema; subscriptions and introspection are not drawn and not asked for.
 */

import {
  getNamedType,
  getOperationAST,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

export class Coverage {
  /** @param {import('graphql').GraphQLSchema} schema */
  constructor(schema) {
    this.schema = schema;
    /** @type {Set<string>} fields as "Type.field", arguments as "Type.field(arg:)", input fields as "Input.field:" */
    this.drawn = new Set();
    /** @type {Set<string>} fields */
    this.answered = new Set();
  }

  /**
   * @param {import('graphql').DocumentNode} document
   * @param {Partial<import('./execute.js').Request>} [request] to know the values of variables by
   */
  addDocument(document, { operationName, variables } = {}) {
    const info = new TypeInfo(this.schema);
    const fieldName = () => `${info.getParentType()?.name}.${info.getFieldDef()?.name}`;
    visit(
      document,
      visitWithTypeInfo(info, {
        Field: () => void this.drawn.add(fieldName()),
        Argument: ({ name }) => void (info.getDirective() || this.drawn.add(`${fieldName()}(${name.value}:)`)),
        ObjectField: ({ name }) => void this.drawn.add(`${getNamedType(info.getParentInputType())}.${name.value}:`),
      }),
    );
    for (const { variable, type } of getOperationAST(document, operationName)?.variableDefinitions ?? []) {
      this.addValue(typeFromAST(this.schema, /** @type {any} */ (type)), variables?.[variable.name.value]);
    }
  }

  /**
   * What a variable's value names inside.
   * @param {import('graphql').GraphQLType} type
   * @param {unknown} value JSON
   */
  addValue(type, value) {
    const named = getNamedType(type);
    if (!isInputObjectType(named) || value === null || value === undefined) return;
    for (const object of [value].flat()) {
      for (const [name, inner] of Object.entries(object).filter(([, item]) => item !== undefined)) {
        this.drawn.add(`${named.name}.${name}:`);
        this.addValue(named.getFields()[name].type, inner);
      }
    }
  }

  /** @param {Iterable<string>} fields with a value other than null */
  addAnswered(fields) {
    for (const field of fields) this.answered.add(field);
  }

  summary() {
    const { fields, inputs } = reachable(this.schema);
    const objectFields = fields.filter((name) => isObjectType(this.schema.getType(name.split('.')[0])));
    return {
      fields: fields.length,
      inputs: inputs.length,
      undrawnFields: fields.filter((name) => !this.drawn.has(name)),
      undrawnInputs: inputs.filter((name) => !this.drawn.has(name)),
      unansweredFields: objectFields.filter((name) => this.drawn.has(name) && !this.answered.has(name)),
    };
  }
}

/**
 * @param {import('graphql').GraphQLSchema} schema
 * @returns {{fields: string[], inputs: string[]}} all that a query can name
 */
function reachable(schema) {
  const fields = [];
  const inputs = [];
  /** @type {import('graphql').GraphQLNamedType[]} */
  const types = [schema.getQueryType()];
  const seen = new Set(types);
  const enter = (/** @type {import('graphql').GraphQLType} */ type) => {
    const named = getNamedType(type);
    if (!seen.has(named)) types.push(named);
    seen.add(named);
  };
  // The list grows while it is walked.
  for (const type of types) {
    if (isUnionType(type) || isInterfaceType(type)) schema.getPossibleTypes(type).forEach(enter);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        inputs.push(`${type.name}.${field.name}:`);
        enter(field.type);
      }
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      fields.push(`${type.name}.${field.name}`);
      enter(field.type);
      for (const arg of field.args) {
        inputs.push(`${type.name}.${field.name}(${arg.name}:)`);
        enter(arg.type);
      }
    }
  }
  return { fields, inputs };
}
