import { ask, find, must, onClick, onSubmit, say, show, when } from '/usher.js';

const home = `query Home { me { user { name } } }`;

const rooms = `query Rooms {
  rooms(first: 100) { nodes { id title timeZone myManagerRole canInvite session { id state startsAt } } }
}`;

const signIn = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) { __typename ... on Problem { message } }
}`;

const signOut = `mutation SignOut { signOut { __typename } }`;

const createRoom = `mutation CreateRoom($input: CreateRoomInput!) {
  createRoom(input: $input) { __typename ... on Problem { message } }
}`;

const startSession = `mutation Start($session: ID!) {
  startSession(sessionId: $session) { __typename ... on Problem { message } }
}`;

const endSession = `mutation End($session: ID!) {
  endSession(sessionId: $session) { __typename ... on Problem { message } }
}`;

const inviteUser = `mutation Invite($input: InviteUserInput!) {
  inviteUser(input: $input) {
    __typename
    ... on InvitationSuccess { invitation { email link } }
    ... on Problem { message standingInvitation { email link } }
  }
}`;

const states = { SCHEDULED: 'starts', OPEN: 'open, planned for', ENDED: 'ended, was planned for', CANCELLED: 'cancelled, was planned for' };

async function load() {
  const { me } = await ask(home);
  if (!me.user) return show('sign-in');
  find('who').textContent = me.user.name;
  const { nodes } = (await ask(rooms)).rooms;
  find('list').replaceChildren(...nodes.map(drawRoom));
  find('empty').hidden = nodes.length > 0;
  show('rooms');
}

function drawRoom(room) {
  const item = find('room').content.cloneNode(true).firstElementChild;
  const part = (name) => item.querySelector(`[data-part=${name}]`);
  const { session } = room;
  const runs = Boolean(room.myManagerRole || room.canInvite) && session;
  part('title').textContent = room.title;
  part('time').textContent = session ? `${states[session.state] ?? session.state} ${when(session.startsAt, room.timeZone)}` : 'no session';
  part('start').hidden = !runs || !['SCHEDULED', 'ENDED'].includes(session.state);
  part('end').hidden = !runs || session.state !== 'OPEN';
  part('invite').hidden = !room.canInvite;
  onClick(part('start'), () => change(startSession, { session: session.id }, 'startSession'));
  onClick(part('end'), () => change(endSession, { session: session.id }, 'endSession'));
  onSubmit(item.querySelector('form'), async (fields) => {
    part('result').hidden = true;
    const result = (await ask(inviteUser, { input: { roomId: room.id, ...fields } })).inviteUser;
    const invitation = result.invitation ?? result.standingInvitation;
    if (invitation?.link) {
      part('invitee').textContent = invitation.email;
      part('link').value = invitation.link;
      part('copied').textContent = '';
      part('result').hidden = false;
    }
    must(result);
    item.querySelector('form').reset();
  });
  onClick(part('copy'), async () => {
    part('link').select();
    await navigator.clipboard.writeText(part('link').value).catch(() => {
      throw new Error('The browser does not allow copying. The link is selected: copy it from there.');
    });
    part('copied').textContent = 'Copied';
  });
  return item;
}

async function change(document, variables, field) {
  must((await ask(document, variables))[field]);
  await load();
}

onSubmit(find('sign-in').querySelector('form'), async ({ email, password }) => {
  await change(signIn, { input: { email, password, credential: 'COOKIE' } }, 'signIn');
  find('password').value = '';
});

onClick(find('sign-out'), async () => {
  await ask(signOut);
  await load();
});

onSubmit(find('create'), async ({ title, starts }) => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  await change(createRoom, { input: { title, timeZone, startsAt: new Date(starts).toISOString() } }, 'createRoom');
  find('create').reset();
});

load().catch((error) => {
  show('sign-in');
  say(error.message);
});
