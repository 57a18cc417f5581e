// Holds a listening server against every audit of graphql-http, the reference implementation of GraphQL over HTTP:
//   node audit.mjs http://127.0.0.1:8080/graphql
// Prints each audit that is not met, then how many are. Exit 0: all are met; 1: some are not; 2: it could not be told.
import { auditServer } from 'graphql-http';

const url = process.argv[2];
if (!url) {
  console.error('usage: node audit.mjs URL');
  process.exit(2);
}
try {
  const results = await auditServer({ url });
  const failed = results.filter((result) => result.status !== 'ok');
  for (const { id, name, reason, response } of failed) {
    console.log(`${id} ${name}: ${reason}`);
    console.log(`    ${response.status} ${response.headers.get('content-type')}: ${await body(response)}`);
  }
  console.log(`${results.length - failed.length} of ${results.length} audits met`);
  process.exit(failed.length === 0 ? 0 : 1);
} catch (error) {
  console.error(error);
  process.exit(2);
}

async function body(response) {
  return response.bodyUsed ? '(read)' : await response.text();
}
