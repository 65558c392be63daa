// Messages, reactions, pins, direct messages.

import assert from 'node:assert/strict';
import { ActionRowBuilder, AttachmentBuilder, ButtonBuilder, ButtonStyle, EmbedBuilder, Events, Routes } from 'discord.js';

import { causing, next, refused } from './town.mjs';

export async function messages({ client, town, directory }) {
  const general = client.channels.cache.get(directory.channels.general);
  const heard = next(client, Events.MessageCreate);
  await town.does('says', { who: 'sam', text: 'hello @Greffier' });
  const [fromSam] = await heard;
  assert.equal(fromSam.author.username, 'sam');
  assert.equal(fromSam.member.id, directory.members.sam);
  assert.ok(fromSam.mentions.has(client.user));

  const embed = new EmbedBuilder().setTitle('Title').setDescription('Text').addFields({ name: 'n', value: 'v' }).setTimestamp();
  const button = new ButtonBuilder().setCustomId('b').setLabel('Press').setStyle(ButtonStyle.Primary);
  const reply = await fromSam.reply({
    content: 'hi',
    embeds: [embed],
    components: [new ActionRowBuilder().addComponents(button)],
    files: [new AttachmentBuilder(Buffer.from('some text'), { name: 'note.txt', description: 'A note' })],
    nonce: '77',
    enforceNonce: true,
  });
  assert.equal(reply.reference.messageId, fromSam.id);
  assert.equal(reply.attachments.first().size, 9);
  assert.equal(await (await fetch(reply.attachments.first().url)).text(), 'some text');
  await causing(client, Events.MessageUpdate, () => reply.edit({ content: 'hello', attachments: [] }));
  assert.equal((await general.messages.fetch({ message: reply.id, force: true })).content, 'hello');
  assert.equal((await general.messages.fetch({ limit: 10 })).size, 2);
  await refused(50035, () => general.send('x'.repeat(2001)));
  await refused(50005, () => fromSam.edit('mine now'));

  await causing(client, Events.TypingStart, () => general.sendTyping());
  await reactions(client, reply, fromSam, directory);
  await pins(client, general, reply);

  await causing(client, Events.MessageDelete, () => reply.delete());
  const many = [];
  for (let n = 0; n < 3; n += 1) many.push(await general.send(`${n}`));
  await causing(client, Events.MessageBulkDelete, () => general.bulkDelete(many));
  await direct(client, town, directory);
}

async function reactions(client, reply, fromSam, directory) {
  await causing(client, Events.MessageReactionAdd, () => reply.react('👍'));
  const reaction = reply.reactions.cache.first();
  assert.equal((await reaction.users.fetch()).size, 1);
  await causing(client, Events.MessageReactionRemove, () => reaction.users.remove());
  await reply.react('👍');
  await reply.reactions.cache.first().users.remove(directory.bot === client.user.id ? directory.members.sam : '');
  await causing(client, Events.MessageReactionRemoveEmoji, () => reply.reactions.cache.first().remove());
  await fromSam.react('🎉');
  await causing(client, Events.MessageReactionRemoveAll, () => fromSam.reactions.removeAll());
}

async function pins(client, general, reply) {
  await causing(client, Events.ChannelPinsUpdate, () => reply.pin());
  assert.equal((await general.messages.fetchPins()).items.length, 1);
  await reply.unpin();
  // The routes of before 2025, which older libraries still use.
  await client.rest.put(Routes.channelPin(general.id, reply.id));
  assert.equal((await client.rest.get(Routes.channelPins(general.id))).length, 1);
  await client.rest.delete(Routes.channelPin(general.id, reply.id));
}

async function direct(client, town, directory) {
  const lea = await client.users.fetch(directory.members.lea);
  const dm = await lea.createDM();
  await dm.send('hello');
  const heard = next(client, Events.MessageCreate, (message) => message.author.id === lea.id);
  await town.does('says', { who: 'lea', place: '@lea', text: 'hello yourself' });
  const [message] = await heard;
  assert.equal(message.guild, null);
  assert.equal(message.content, 'hello yourself');
  await town.does('closes_dms', { who: 'lea' });
  await refused(50007, () => dm.send('again'));
  await town.does('opens_dms', { who: 'lea' });
}
