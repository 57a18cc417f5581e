// What the plain pages share: asking the API, showing answers, taking a token from the address.

// ask sends one document to the API and returns its data. What goes wrong is thrown as an Error whose message is for people
// and whose code, where the API gave one, is the API's.
export async function ask(document, variables) {
  let response;
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: document, variables }),
    });
  } catch {
    throw new Error('The site cannot be reached. Check the connection, then try again.');
  }
  let answer;
  try {
    answer = await response.json();
  } catch {
    throw new Error('The site cannot answer right now. Try again in a moment.');
  }
  const fault = answer.errors?.[0];
  if (fault) {
    throw Object.assign(new Error(sentences[fault.extensions?.code] ?? sentences.INTERNAL_SERVER_ERROR), fault.extensions);
  }
  return answer.data;
}

const sentences = {
  UNAUTHENTICATED: 'Your sign-in has ended. Sign in again.',
  FORBIDDEN: 'You do not have permission to do this.',
  NOT_FOUND: 'This no longer exists.',
  RATE_LIMITED: 'Too many requests. Wait a minute, then try again.',
  SERVICE_UNAVAILABLE: 'The site cannot answer right now. Try again in a moment.',
  INTERNAL_SERVER_ERROR: 'Something went wrong on the site. Try again in a moment.',
};

// must returns the result of a mutation, or throws its refusal.
export function must(result) {
  if (result.__typename === 'Problem') throw Object.assign(new Error(result.message), result);
  return result;
}

// takeToken returns what follows # in the address, or what this tab kept of it, and clears the address. It comes before any
// request, so that no request and no history entry holds the token.
export function takeToken(key) {
  let token = location.hash.slice(1);
  if (token) {
    history.replaceState(null, '', location.pathname);
    try {
      token = decodeURIComponent(token);
    } catch {
      // No valid escapes: taken as it stands, the API judges it.
    }
    token = token.replace(/\s/g, '');
    kept(() => sessionStorage.setItem(key, token));
  }
  return token || kept(() => sessionStorage.getItem(key)) || '';
}

export function dropToken(key) {
  kept(() => sessionStorage.removeItem(key));
}

// Storage can be blocked; the page then works until it is reloaded.
function kept(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

export const find = (id) => document.getElementById(id);

// show shows one of the page's parts and hides the others.
export function show(id) {
  for (const part of document.querySelectorAll('main > section')) part.hidden = part.id !== id;
}

export function say(text) {
  find('message').textContent = text;
  find('message').hidden = !text;
}

// onSubmit runs work with the form's fields, once at a time, and says what goes wrong.
export function onSubmit(form, work) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    during(form.querySelector('button[type=submit]'), () => work(Object.fromEntries(new FormData(form))));
  });
}

export function onClick(button, work) {
  button.addEventListener('click', () => during(button, work));
}

async function during(button, work) {
  button.disabled = true;
  say('');
  try {
    await work();
  } catch (error) {
    say(error.message);
  } finally {
    button.disabled = false;
  }
}

export const roles = { VIEWER: 'Viewer', SPEAKER: 'Speaker', MODERATOR: 'Moderator' };

export function when(instant, timeZone) {
  const format = { dateStyle: 'full', timeStyle: 'short', timeZone };
  const here = new Intl.DateTimeFormat(undefined, { ...format, timeZone: undefined }).format(new Date(instant));
  if (!timeZone || timeZone === Intl.DateTimeFormat().resolvedOptions().timeZone) return here;
  return `${here} your time (${new Intl.DateTimeFormat(undefined, format).format(new Date(instant))} in ${timeZone})`;
}
