import type { CodegenConfig } from '@graphql-codegen/cli'

// The plugins of client-preset by themselves: documents become text with shared fragments, which urql parses, a tenth
// of what they weigh as trees; the first load of an invitee has a budget.
const config: CodegenConfig = {
  schema: '../graph/contract.graphql',
  documents: 'src/**/*.graphql',
  generates: {
    // Which types a union or interface stands for: the cache matches fragments by it instead of guessing.
    'src/graphql/generated/possibleTypes.ts': { plugins: ['fragment-matcher'] },
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
        scalars: { Time: 'string', URL: 'string', EmailAddress: 'string', Cursor: 'string' },
      },
    },
  },
}

export default config
