// Application commands and everything that comes of them.

import assert from 'node:assert/strict';
import {
  ActionRowBuilder, ApplicationCommandOptionType, ApplicationCommandType, ButtonBuilder, ButtonStyle, Events,
  MessageFlags, ModalBuilder, RoleSelectMenuBuilder, StringSelectMenuBuilder, TextInputBuilder, TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';

const WORD = { name: 'word', description: 'A word', type: ApplicationCommandOptionType.String, autocomplete: true };
const MEMBER = { name: 'member', description: 'Whom', type: ApplicationCommandOptionType.User };
const CHANNEL = { name: 'channel', description: 'Where', type: ApplicationCommandOptionType.Channel };
const ROLE = { name: 'role', description: 'Which', type: ApplicationCommandOptionType.Role };

export async function commands({ client, town, directory }) {
  await register(client, directory);
  const answering = (interaction) => answer(interaction).catch((error) => {
    console.error(error);
    process.exit(1);
  });
  client.on(Events.InteractionCreate, answering);
  await slash(town);
  await controls(town);
  const message = await town.does('says', { who: 'sam', text: 'look at this' });
  const [looked] = [await town.does('uses', { who: 'mia', text: 'Look', target: message.id })];
  assert.equal(looked.replied.content, 'look at this');
  const about = await town.does('uses', { who: 'mia', text: 'About', target: 'sam' });
  assert.equal(about.replied.content, 'about sam');
  client.off(Events.InteractionCreate, answering);
}

async function register(client, directory) {
  const manager = client.application.commands;
  const first = await manager.create({ name: 'old', description: 'Old' });
  await manager.edit(first.id, { description: 'Older' });
  assert.equal((await manager.fetch(first.id, { force: true })).description, 'Older');
  await manager.delete(first.id);
  await manager.set([
    { name: 'echo', description: 'Says it again', options: [WORD, MEMBER, CHANNEL, ROLE] },
    { name: 'slow', description: 'Thinks' },
    { name: 'ask', description: 'Controls', options: [{ name: 'me', description: 'Me', type: ApplicationCommandOptionType.Subcommand }] },
    { name: 'Look', type: ApplicationCommandType.Message },
    { name: 'About', type: ApplicationCommandType.User },
  ]);
  assert.equal((await manager.fetch()).size, 5);
  const guildId = directory.guild;
  const own = await manager.create({ name: 'own', description: 'Own' }, guildId);
  await manager.edit(own.id, { description: 'Its own' }, guildId);
  await manager.fetch(own.id, { guildId, force: true });
  await manager.delete(own.id, guildId);
  await manager.set([], guildId);
  await manager.fetch({ guildId });
}

async function slash(town) {
  const offered = await town.does('autocomplete', { who: 'sam', text: 'echo word:go', target: 'word' });
  assert.deepEqual(offered, [{ name: 'good', value: 'good' }]);
  const echoed = await town.does('slash', { who: 'sam', text: 'echo word:"good day" member:@lea channel:#general role:Moderator' });
  assert.equal(echoed.replied.content, 'good day lea general Moderator');
  assert.equal(echoed.replied.only_for, 'sam');
  const slow = await town.does('slash', { who: 'sam', text: 'slow' });
  assert.equal(slow.replied.content, 'first');
  const direct = await town.does('slash', { who: 'lea', place: '@lea', text: 'echo word:alone' });
  assert.match(direct.replied.content, /^alone/);
}

async function controls(town) {
  await town.does('slash', { who: 'sam', text: 'ask me' });
  assert.equal((await town.does('clicks', { who: 'sam', text: 'Change' })).updated.content, 'changed');
  assert.equal((await town.does('clicks', { who: 'sam', text: 'Later' })).updated.content, 'later');
  assert.equal((await town.does('picks', { who: 'sam', text: 'Colour', values: ['Red'] })).replied.content, 'red');
  assert.equal((await town.does('picks', { who: 'sam', text: 'Who', values: ['lea'] })).replied.content, 'lea');
  assert.equal((await town.does('picks', { who: 'sam', text: 'Which', values: ['Moderator'] })).replied.content, 'Moderator');
  assert.equal((await town.does('clicks', { who: 'sam', text: 'Form' })).modal.title, 'A form');
  const sent = await town.does('submits', { who: 'sam', fields: [['Name', 'Sam']] });
  assert.equal(sent.replied.content, 'hello Sam');
}

function panel() {
  const button = (id, label) => new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Secondary);
  const row = (...parts) => new ActionRowBuilder().addComponents(...parts);
  const colour = new StringSelectMenuBuilder().setCustomId('colour').setPlaceholder('Colour').addOptions({ label: 'Red', value: 'red' });
  return [
    row(button('change', 'Change'), button('later', 'Later'), button('form', 'Form')),
    row(colour),
    row(new UserSelectMenuBuilder().setCustomId('who').setPlaceholder('Who')),
    row(new RoleSelectMenuBuilder().setCustomId('which').setPlaceholder('Which')),
  ];
}

async function answer(interaction) {
  if (interaction.isAutocomplete()) {
    return interaction.respond([{ name: `${interaction.options.getFocused()}od`, value: 'good' }]);
  }
  if (interaction.isMessageContextMenuCommand()) return interaction.reply(interaction.targetMessage.content);
  if (interaction.isUserContextMenuCommand()) return interaction.reply(`about ${interaction.targetUser.username}`);
  if (interaction.isModalSubmit()) return interaction.reply(`hello ${interaction.fields.getTextInputValue('name')}`);
  if (interaction.isAnySelectMenu()) return picked(interaction);
  if (interaction.isButton()) return pressed(interaction);
  return used(interaction);
}

async function used(interaction) {
  const { options } = interaction;
  if (interaction.commandName === 'ask') {
    assert.equal(options.getSubcommand(), 'me');
    return interaction.reply({ content: 'choose', components: panel() });
  }
  if (interaction.commandName === 'echo') {
    const words = [options.getString('word'), options.getUser('member')?.username, options.getChannel('channel')?.name, options.getRole('role')?.name];
    const answered = await interaction.reply({ content: words.filter(Boolean).join(' '), flags: MessageFlags.Ephemeral, withResponse: true });
    return assert.equal(answered.resource.message.author.id, interaction.client.user.id);
  }
  await interaction.deferReply();
  await interaction.editReply('first');
  assert.equal((await interaction.fetchReply()).content, 'first');
  const more = await interaction.followUp('second');
  await interaction.webhook.editMessage(more, 'second, better');
  assert.equal((await interaction.webhook.fetchMessage(more.id)).content, 'second, better');
  await interaction.webhook.deleteMessage(more);
  return interaction.deleteReply();
}

async function pressed(interaction) {
  if (interaction.customId === 'change') return interaction.update('changed');
  if (interaction.customId === 'later') {
    await interaction.deferUpdate();
    return interaction.editReply('later');
  }
  const input = new TextInputBuilder().setCustomId('name').setLabel('Name').setStyle(TextInputStyle.Short);
  const modal = new ModalBuilder().setCustomId('m').setTitle('A form').addComponents(new ActionRowBuilder().addComponents(input));
  return interaction.showModal(modal);
}

function picked(interaction) {
  if (interaction.isUserSelectMenu()) return interaction.reply(interaction.users.first().username);
  if (interaction.isRoleSelectMenu()) return interaction.reply(interaction.roles.first().name);
  return interaction.reply(interaction.values[0]);
}
