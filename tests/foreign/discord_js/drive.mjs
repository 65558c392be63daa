// discord.js 14 lives in the local Discord and drives every endpoint and event that it has.
// The directory of the sandbox comes in the environment variable DIRECTORY.

import assert from 'node:assert/strict';
import { Client, Events, GatewayIntentBits, Partials } from 'discord.js';

import { channels } from './channels.mjs';
import { commands } from './commands.mjs';
import { guild } from './guild.mjs';
import { messages } from './messages.mjs';
import { Town, causing, next } from './town.mjs';

const directory = JSON.parse(process.env.DIRECTORY);
const town = new Town(directory);

const client = new Client({
  intents: Object.values(GatewayIntentBits).filter((bit) => typeof bit === 'number'),
  partials: [Partials.Channel, Partials.Message, Partials.Reaction],
  rest: { api: `${directory.api}/api` },
});

const seen = new Set();
for (const event of Object.values(Events)) client.on(event, () => seen.add(event));
client.on(Events.Error, (error) => {
  throw error;
});

async function login() {
  const ready = next(client, Events.ClientReady);
  await client.login(directory.token);
  await ready;
  assert.equal(client.user.id, directory.bot);
  assert.equal(client.guilds.cache.get(directory.guild).memberCount, 6);
  await client.rest.get('/gateway');
  await client.rest.get('/oauth2/applications/@me');
  assert.equal((await client.rest.get('/users/@me')).id, directory.bot);
  await client.user.setUsername('Greffier');
  const application = await client.application.fetch();
  assert.equal(application.owner.id, directory.members.olive);
  await client.application.edit({ description: 'A clerk' });
  const fetched = await client.guilds.fetch();
  assert.deepEqual([...fetched.keys()], [directory.guild]);
  const sam = await client.users.fetch(directory.members.sam, { force: true });
  assert.equal(sam.username, 'sam');
}

async function disturbances() {
  const resumed = next(client, Events.ShardResume);
  await town.does('disturb', 'drop_socket');
  await resumed;
  await causing(client, Events.GuildUnavailable, () => town.does('disturb', { guild_available: false }));
  await causing(client, Events.GuildAvailable, () => town.does('disturb', { guild_available: true }));
  const again = next(client, Events.ShardResume);
  await town.does('disturb', 'reconnect');
  await again;
}

async function leave() {
  const home = client.guilds.cache.get(directory.guild);
  await causing(client, Events.GuildDelete, () => home.leave());
}

const EXPECTED = [
  Events.ClientReady, Events.ShardResume, Events.GuildAvailable, Events.GuildUnavailable, Events.GuildDelete,
  Events.GuildMemberAdd, Events.GuildMemberRemove, Events.GuildMemberUpdate, Events.GuildMembersChunk,
  Events.GuildBanAdd, Events.GuildBanRemove, Events.GuildRoleCreate, Events.GuildRoleUpdate, Events.GuildRoleDelete,
  Events.GuildAuditLogEntryCreate, Events.ChannelCreate, Events.ChannelUpdate, Events.ChannelDelete,
  Events.ChannelPinsUpdate, Events.ThreadCreate, Events.ThreadUpdate, Events.ThreadDelete,
  Events.ThreadMembersUpdate, Events.MessageCreate, Events.MessageUpdate, Events.MessageDelete,
  Events.MessageBulkDelete, Events.MessageReactionAdd, Events.MessageReactionRemove,
  Events.MessageReactionRemoveAll, Events.MessageReactionRemoveEmoji, Events.TypingStart, Events.InteractionCreate,
];

for (const part of [login, messages, channels, guild, commands, disturbances, leave]) {
  await part({ client, town, directory });
  console.log(`discord.js: ${part.name}`);
}
const missing = EXPECTED.filter((event) => !seen.has(event));
assert.deepEqual(missing, [], 'events that discord.js never raised');
assert.deepEqual(await town.asks('troubles'), []);
await client.destroy();
