// Channels, overwrites, threads.

import assert from 'node:assert/strict';
import { ChannelType, Events, OverwriteType, PermissionFlagsBits } from 'discord.js';

import { causing, next } from './town.mjs';

export async function channels({ client, town, directory }) {
  const home = client.guilds.cache.get(directory.guild);
  const category = await home.channels.create({ name: 'Tickets', type: ChannelType.GuildCategory });
  const ticket = await causing(client, Events.ChannelCreate, () =>
    home.channels.create({
      name: 'ticket 1',
      type: ChannelType.GuildText,
      parent: category,
      topic: 'Help',
      permissionOverwrites: [{ id: home.id, deny: [PermissionFlagsBits.AddReactions], type: OverwriteType.Role }],
    }),
  );
  assert.equal(ticket.name, 'ticket-1');
  assert.equal(ticket.parentId, category.id);
  await causing(client, Events.ChannelUpdate, () => ticket.setTopic('Help with it'));
  assert.equal((await client.channels.fetch(ticket.id, { force: true })).topic, 'Help with it');
  await ticket.permissionOverwrites.create(directory.roles.Moderator, { SendMessages: true });
  await ticket.permissionOverwrites.delete(directory.roles.Moderator);
  await home.channels.setPositions([{ channel: ticket, position: 3 }]);
  assert.ok((await home.channels.fetch()).has(ticket.id));
  await home.channels.create({ name: 'Voice', type: ChannelType.GuildVoice });
  await threads(client, town, ticket, directory);
  await causing(client, Events.ChannelDelete, () => ticket.delete('done'));
}

async function threads(client, town, ticket, directory) {
  const start = await ticket.send('a thread, please');
  const thread = await causing(client, Events.ThreadCreate, () => start.startThread({ name: 'talk', autoArchiveDuration: 60 }));
  assert.equal(thread.id, start.id);
  assert.equal(thread.ownerId, directory.bot);
  await causing(client, Events.ThreadMembersUpdate, () => thread.members.add(directory.members.sam));
  assert.equal((await thread.members.fetch()).size, 2);
  await thread.members.fetch({ member: directory.members.sam, force: true });
  await thread.members.remove(directory.members.sam);
  await thread.leave();
  await thread.join();
  await thread.send('in the thread');
  assert.equal((await ticket.guild.channels.fetchActiveThreads()).threads.size, 1);
  await causing(client, Events.ThreadUpdate, () => thread.setArchived(true));
  assert.equal((await ticket.threads.fetchArchived()).threads.size, 1);
  const hidden = await ticket.threads.create({ name: 'hidden', type: ChannelType.PrivateThread, invitable: false });
  assert.equal(hidden.invitable, false);
  await causing(client, Events.ThreadMembersUpdate, () => hidden.members.add(directory.members.lea));
  const heard = next(client, Events.MessageCreate, (message) => message.channelId === hidden.id);
  await town.does('says', { who: 'lea', place: '#hidden', text: 'hello' });
  await heard;
  await causing(client, Events.ThreadUpdate, () => hidden.setLocked(true));
  await ticket.threads.fetchArchived({ type: 'private', fetchAll: true });
  // discord.js forgets a thread that it deletes itself before the event comes.
  await causing(client, Events.ThreadDelete, () => town.does('deletes_channel', { who: 'olive', text: 'hidden' }));
}
