import { ask, dropToken, find, must, onSubmit, takeToken } from '/usher.js';

const key = 'usher.setup';
const token = takeToken(key);

const setUp = `mutation SetUp($input: SetUpInput!) {
  setUp(input: $input) { __typename ... on Problem { message } }
}`;

onSubmit(find('set-up').querySelector('form'), async (fields) => {
  must((await ask(setUp, { input: { token, ...fields, credential: 'COOKIE' } })).setUp);
  dropToken(key);
  location.assign('/');
});
