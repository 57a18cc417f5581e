// Writes graphql-js's introspection query with every option to standard output:
//   node introspection.mjs > ../testdata/introspection.graphql
import { getIntrospectionQuery } from 'graphql';

console.log(
  getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  }),
);
