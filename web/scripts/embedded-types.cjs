// A plugin of graphql-codegen: lists the object types of the schema that have no id.
const { isObjectType } = require('graphql')

module.exports = {
  plugin(schema) {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    const names = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type) && !type.getFields().id)
      .map((type) => type.name)
    return `export const embeddedTypes = ${JSON.stringify(names.toSorted(), null, 2).replaceAll('"', "'")}\n`
  },
}
