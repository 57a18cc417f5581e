import type { CodegenConfig } from '@graphql-codegen/cli'

// Documents become text with shared fragments, which urql parses. That is a tenth of their size as trees, and the first load
// of an invitee has a budget.
const config: CodegenConfig = {
  schema: '../graph/contract.graphql',
  documents: 'src/**/*.graphql',
  generates: {
    // The types of each union and interface, so that the cache matches fragments instead of guessing.
    'src/graphql/generated/possibleTypes.ts': { plugins: ['fragment-matcher'] },
    // The types without an id of their own, which the cache keeps within the object that holds them.
    'src/graphql/generated/embeddedTypes.ts': { plugins: ['./scripts/embedded-types.cjs'] },
    'src/graphql/generated/graphql.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'graphQLTag',
        gqlImport: '@urql/core#gql',
        enumsAsTypes: true,
        useTypeImports: true,
        skipTypename: true,
        inlineFragmentTypes: 'combine',
        strictScalars: true,
        scalars: { Bytes: 'string', Time: 'string', URL: 'string', EmailAddress: 'string', Cursor: 'string' },
      },
    },
  },
}

export default config
