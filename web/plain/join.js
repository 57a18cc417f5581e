import { ask, dropToken, find, must, onClick, onSubmit, roles, say, show, takeToken, when } from '/usher.js';

const key = 'usher.link';
let token = takeToken(key);
let place; // the participant shown

const shown = `fragment Place on Participant {
  id
  displayName
  role
  state
  room { id title timeZone }
  session { startsAt }
}`;

const look = `query Look($token: String!) {
  invitationLink(token: $token) {
    problem { message }
    participant { ...Place }
    roomTitle
    roomDescription
    timeZone
    invitedBy
    role
    session { state startsAt }
  }
  me { user { name } }
}`;

const redeem = `mutation Redeem($input: RedeemInvitationInput!) {
  redeemInvitation(input: $input) {
    __typename
    ... on RedeemInvitationSuccess { participant { ...Place } }
    ... on Problem { message attemptsLeft }
  }
}`;

const places = `query Places {
  me { participants { ...Place } }
}`;

const enter = `mutation Enter($room: ID!) {
  enterRoom(roomId: $room) { __typename ... on Problem { message } }
}`;

const leave = `mutation Leave($room: ID!) {
  leaveRoom(roomId: $room) { __typename ... on Problem { message } }
}`;

const states = {
  COUNTDOWN: 'You are in. The session has not started yet; keep this page open and look again when it is time.',
  LOBBY: 'The session is open. Enter when you are ready.',
  WAITING: 'The host has been told that you wait.',
  IN_ROOM: 'You are in the room.',
  LEFT: 'You are not in the room.',
  DENIED: 'The host did not let you in.',
  REMOVED: 'The host took you out of the room.',
  BLOCKED: 'The host has blocked you from this session.',
};

async function start() {
  if (!token) return showPlace();
  const { invitationLink: link, me } = await ask(look + shown, { token });
  if (link.participant) {
    dropToken(key);
    return draw(link.participant);
  }
  const known = Boolean(link.roomTitle);
  find('room-title').textContent = link.roomTitle ?? 'This link cannot be used';
  find('room-description').textContent = link.roomDescription ?? '';
  find('link').querySelector('dl').hidden = !known;
  find('room-time').textContent = link.session ? when(link.session.startsAt, link.timeZone) : '';
  find('invited-by').textContent = link.invitedBy ?? '';
  find('role').textContent = roles[link.role] ?? '';
  find('problem').textContent = link.problem?.message ?? '';
  find('problem').hidden = !link.problem;
  find('redeem').hidden = Boolean(link.problem);
  find('look-again').hidden = !link.problem;
  find('email').required = !me.user;
  find('signed-in').hidden = !me.user;
  find('signed-in').textContent = me.user ? `Signed in as ${me.user.name}: leave it empty to go on as yourself.` : '';
  show('link');
}

// showPlace shows the newest place of this device, where it has one.
async function showPlace() {
  const { me } = await ask(places + shown);
  const current = me.participants.find((p) => p.id === place?.id) ?? me.participants.at(-1);
  if (current) return draw(current);
  show('no-link');
}

function draw(participant) {
  place = participant;
  find('place-title').textContent = place.room.title;
  find('place-time').textContent = when(place.session.startsAt, place.room.timeZone);
  find('place-name').textContent = place.displayName;
  find('place-role').textContent = roles[place.role] ?? place.role;
  find('place-state').textContent = states[place.state] ?? place.state;
  find('enter').hidden = !['LOBBY', 'LEFT', 'DENIED', 'REMOVED'].includes(place.state);
  find('leave').hidden = !['WAITING', 'IN_ROOM'].includes(place.state);
  show('place');
}

onSubmit(find('redeem'), async ({ email }) => {
  const input = { token, email: email.trim() || null, credential: 'COOKIE' };
  const result = (await ask(redeem + shown, { input })).redeemInvitation;
  if (result.attemptsLeft != null) result.message += ` Tries left: ${result.attemptsLeft}.`;
  const { participant } = must(result);
  dropToken(key);
  token = '';
  draw(participant);
});

onClick(find('look-again'), start);
onClick(find('place-again'), showPlace);
onClick(find('enter'), async () => {
  must((await ask(enter, { room: place.room.id })).enterRoom);
  await showPlace();
});
onClick(find('leave'), async () => {
  must((await ask(leave, { room: place.room.id })).leaveRoom);
  await showPlace();
});

function begin() {
  say('');
  start().catch((error) => {
    find('room-title').textContent = 'Your link could not be looked at';
    find('link').querySelector('dl').hidden = true;
    find('problem').hidden = true;
    find('redeem').hidden = true;
    find('look-again').hidden = false;
    show('link');
    say(error.message);
  });
}

// Another link pasted into the same tab changes what follows # and nothing else.
addEventListener('hashchange', () => {
  if (!location.hash) return;
  token = takeToken(key);
  begin();
});

begin();
