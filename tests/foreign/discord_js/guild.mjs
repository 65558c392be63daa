// Members, roles, bans, the audit log.

import assert from 'node:assert/strict';
import { AuditLogEvent, Events, PermissionFlagsBits } from 'discord.js';

import { causing, refused } from './town.mjs';

export async function guild({ client, town, directory }) {
  const home = client.guilds.cache.get(directory.guild);
  await home.fetch();
  await causing(client, Events.GuildMembersChunk, () => home.members.fetch());
  assert.equal((await home.members.list({ limit: 10 })).size, 6);
  assert.equal((await home.members.search({ query: 'sa' })).first().user.username, 'sam');
  await roles(client, home, directory);
  await members(client, town, home, directory);
  await bans(client, town, home, directory);
  const log = await home.fetchAuditLogs({ type: AuditLogEvent.MemberKick, limit: 5 });
  assert.equal(log.entries.first().reason, 'trop de bruit à midi');
  assert.equal(log.entries.first().executor.id, directory.bot);
}

async function roles(client, home, directory) {
  const role = await causing(client, Events.GuildRoleCreate, () =>
    home.roles.create({ name: 'Helper', permissions: [PermissionFlagsBits.SendMessages], colors: { primaryColor: 0x00ff00 } }),
  );
  await causing(client, Events.GuildRoleUpdate, () => role.setHoist(true));
  assert.equal((await home.roles.fetch(role.id, { force: true })).hoist, true);
  await home.roles.fetch();
  await home.roles.setPosition(directory.roles.Moderator, 2);
  const sam = home.members.cache.get(directory.members.sam);
  await causing(client, Events.GuildMemberUpdate, () => sam.roles.add(role));
  await sam.roles.remove(role);
  await refused(50013, () => sam.roles.add(directory.roles.Admin));
  await causing(client, Events.GuildRoleDelete, () => role.delete());
}

async function members(client, town, home, directory) {
  await home.members.me.setNickname('The clerk');
  const sam = await home.members.fetch({ user: directory.members.sam, force: true });
  const quiet = await sam.timeout(60_000, 'calm down');
  assert.ok(quiet.isCommunicationDisabled());
  await sam.timeout(null);
  await refused(50013, () => home.members.cache.get(directory.members.adam).timeout(60_000));
  await refused(50035, () => sam.timeout(29 * 86_400_000));
  await causing(client, Events.GuildAuditLogEntryCreate, () => sam.kick('trop de bruit à midi'), (entry) => entry.action === AuditLogEvent.MemberKick);
  await causing(client, Events.GuildMemberAdd, () => town.does('joins', { who: 'sam' }));
  await causing(client, Events.GuildMemberRemove, () => town.does('leaves', { who: 'lea' }));
  await town.does('joins', { who: 'lea' });
}

async function bans(client, town, home, directory) {
  await causing(client, Events.GuildBanAdd, () => home.bans.create(directory.members.sam, { deleteMessageSeconds: 60, reason: 'spam' }));
  assert.equal((await home.bans.fetch()).size, 1);
  assert.equal((await home.bans.fetch({ user: directory.members.sam, force: true })).reason, 'spam');
  await causing(client, Events.GuildBanRemove, () => home.bans.remove(directory.members.sam));
  await town.does('joins', { who: 'sam' });
  await many(client, town, home, directory);
}

// To ban many at once, a bot must be allowed to manage the guild as well.
async function many(client, town, home, directory) {
  const own = home.members.me.roles.botRole;
  await refused(50013, () => home.bans.bulkCreate([directory.members.sam]));
  const bits = own.permissions.bitfield | PermissionFlagsBits.ManageGuild;
  await causing(client, Events.GuildRoleUpdate, () =>
    town.does('sets_role_permissions', { who: 'olive', target: own.name, text: `${bits}` }),
  );
  const { bannedUsers, failedUsers } = await home.bans.bulkCreate([directory.members.sam, directory.members.olive], { reason: 'raid' });
  assert.deepEqual(bannedUsers, [directory.members.sam]);
  assert.deepEqual(failedUsers, [directory.members.olive]);
  await home.bans.remove(directory.members.sam);
  await town.does('joins', { who: 'sam' });
  const entry = causing(
    client, Events.GuildAuditLogEntryCreate, () => town.does('times_out', { who: 'mia', target: 'sam', ms: 60_000, reason: 'by hand' }),
    (made) => made.action === AuditLogEvent.MemberUpdate && made.executorId === directory.members.mia,
  );
  await entry;
  await town.does('times_out', { who: 'mia', target: 'sam', ms: 0 });
}
