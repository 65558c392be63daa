//! The routes that exist here, by the templates of Discord's OpenAPI document.
//! A request outside this list is a 404 and a trouble.

use super::call::{Call, Reply, percent_decoded};
use super::{
    applications, bans, channels, commands, guilds, interactions, members, messages, overwrites,
    pins, reactions, roles, thread_members, threads, users, webhooks,
};
use crate::sandbox::error::ApiError;
use crate::sandbox::state::World;

/// What carries out a request, inside the state's lock.
pub(crate) type Handler = fn(&mut World, &Call) -> Result<Reply, ApiError>;

/// A route.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    pub(crate) template: &'static str,
    pub(crate) handler: Handler,
    /// Needs no Authorization: the interaction's token in the path is enough.
    pub(crate) open: bool,
}

/// A route that matches, with its parameters.
pub(crate) struct Found {
    pub(crate) route: Route,
    pub(crate) params: Vec<String>,
}

/// Method and template of every route, for coverage lists.
pub fn route_templates() -> Vec<(&'static str, &'static str)> {
    ROUTES
        .iter()
        .map(|route| (route.method, route.template))
        .collect()
}

/// Finds the route of a path below `/api/v10`; literal segments stand before parameters in the list.
/// Some libraries write `%40me`, so segments are decoded before they are compared.
pub(crate) fn find(method: &str, path: &str) -> Option<Found> {
    let given: Vec<String> = path.split('/').map(percent_decoded).collect();
    ROUTES
        .iter()
        .filter(|route| route.method == method)
        .find_map(|route| {
            let params = matched(route.template, &given)?;
            Some(Found {
                route: *route,
                params,
            })
        })
}

fn matched(template: &str, given: &[String]) -> Option<Vec<String>> {
    let mut given = given.iter();
    let mut params = Vec::new();
    for segment in template.split('/') {
        let text = given.next()?;
        if segment.starts_with('{') && !text.is_empty() {
            params.push(text.clone());
        } else if segment != text {
            return None;
        }
    }
    given.next().is_none().then_some(params)
}

const fn route(method: &'static str, template: &'static str, handler: Handler) -> Route {
    Route {
        method,
        template,
        handler,
        open: false,
    }
}

const fn open(method: &'static str, template: &'static str, handler: Handler) -> Route {
    Route {
        method,
        template,
        handler,
        open: true,
    }
}

const ROUTES: &[Route] = &[
    open("GET", "/gateway", applications::gateway),
    route("GET", "/gateway/bot", applications::gateway_bot),
    route("GET", "/applications/@me", applications::me),
    route("PATCH", "/applications/@me", applications::edit_me),
    route("GET", "/oauth2/applications/@me", applications::me),
    route("GET", "/users/@me", users::me),
    route("PATCH", "/users/@me", users::edit_me),
    route("GET", "/users/@me/guilds", users::guilds),
    route("DELETE", "/users/@me/guilds/{guild_id}", users::leave_guild),
    route("POST", "/users/@me/channels", users::open_dm),
    route("GET", "/users/{user_id}", users::get),
    route("GET", "/channels/{channel_id}", channels::get),
    route("PATCH", "/channels/{channel_id}", channels::edit),
    route("DELETE", "/channels/{channel_id}", channels::delete),
    route(
        "PUT",
        "/channels/{channel_id}/permissions/{overwrite_id}",
        overwrites::put,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/permissions/{overwrite_id}",
        overwrites::delete,
    ),
    route("POST", "/channels/{channel_id}/typing", channels::typing),
    route("GET", "/channels/{channel_id}/messages", messages::list),
    route("POST", "/channels/{channel_id}/messages", messages::create),
    route(
        "POST",
        "/channels/{channel_id}/messages/bulk-delete",
        messages::bulk_delete,
    ),
    route("GET", "/channels/{channel_id}/messages/pins", pins::list),
    route(
        "PUT",
        "/channels/{channel_id}/messages/pins/{message_id}",
        pins::pin,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/pins/{message_id}",
        pins::unpin,
    ),
    route("GET", "/channels/{channel_id}/pins", pins::list_old),
    route("PUT", "/channels/{channel_id}/pins/{message_id}", pins::pin),
    route(
        "DELETE",
        "/channels/{channel_id}/pins/{message_id}",
        pins::unpin,
    ),
    route(
        "GET",
        "/channels/{channel_id}/messages/{message_id}",
        messages::get,
    ),
    route(
        "PATCH",
        "/channels/{channel_id}/messages/{message_id}",
        messages::edit,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}",
        messages::delete,
    ),
    route(
        "PUT",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        reactions::add,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        reactions::remove_own,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}",
        reactions::remove,
    ),
    route(
        "GET",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
        reactions::list,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
        reactions::clear_emoji,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/messages/{message_id}/reactions",
        reactions::clear,
    ),
    route(
        "POST",
        "/channels/{channel_id}/messages/{message_id}/threads",
        threads::create_from_message,
    ),
    route("POST", "/channels/{channel_id}/threads", threads::create),
    route(
        "GET",
        "/channels/{channel_id}/threads/archived/public",
        threads::archived_public,
    ),
    route(
        "GET",
        "/channels/{channel_id}/threads/archived/private",
        threads::archived_private,
    ),
    route(
        "GET",
        "/channels/{channel_id}/thread-members",
        thread_members::list,
    ),
    route(
        "PUT",
        "/channels/{channel_id}/thread-members/@me",
        thread_members::join,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/thread-members/@me",
        thread_members::leave,
    ),
    route(
        "GET",
        "/channels/{channel_id}/thread-members/{user_id}",
        thread_members::get,
    ),
    route(
        "PUT",
        "/channels/{channel_id}/thread-members/{user_id}",
        thread_members::add,
    ),
    route(
        "DELETE",
        "/channels/{channel_id}/thread-members/{user_id}",
        thread_members::remove,
    ),
    route("GET", "/guilds/{guild_id}", guilds::get),
    route("GET", "/guilds/{guild_id}/channels", guilds::channels),
    route("POST", "/guilds/{guild_id}/channels", channels::create),
    route("PATCH", "/guilds/{guild_id}/channels", channels::reorder),
    route("GET", "/guilds/{guild_id}/threads/active", threads::active),
    route("GET", "/guilds/{guild_id}/audit-logs", guilds::audit_log),
    route("GET", "/guilds/{guild_id}/members", members::list),
    route("GET", "/guilds/{guild_id}/members/search", members::search),
    route("PATCH", "/guilds/{guild_id}/members/@me", members::edit_me),
    route("GET", "/guilds/{guild_id}/members/{user_id}", members::get),
    route(
        "PATCH",
        "/guilds/{guild_id}/members/{user_id}",
        members::edit,
    ),
    route(
        "DELETE",
        "/guilds/{guild_id}/members/{user_id}",
        members::kick,
    ),
    route(
        "PUT",
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        members::add_role,
    ),
    route(
        "DELETE",
        "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
        members::remove_role,
    ),
    route("GET", "/guilds/{guild_id}/bans", bans::list),
    route("POST", "/guilds/{guild_id}/bulk-ban", bans::create_many),
    route("GET", "/guilds/{guild_id}/bans/{user_id}", bans::get),
    route("PUT", "/guilds/{guild_id}/bans/{user_id}", bans::create),
    route("DELETE", "/guilds/{guild_id}/bans/{user_id}", bans::delete),
    route("GET", "/guilds/{guild_id}/roles", roles::list),
    route("POST", "/guilds/{guild_id}/roles", roles::create),
    route("PATCH", "/guilds/{guild_id}/roles", roles::reorder),
    route("GET", "/guilds/{guild_id}/roles/{role_id}", roles::get),
    route("PATCH", "/guilds/{guild_id}/roles/{role_id}", roles::edit),
    route(
        "DELETE",
        "/guilds/{guild_id}/roles/{role_id}",
        roles::delete,
    ),
    route(
        "GET",
        "/applications/{application_id}/commands",
        commands::list,
    ),
    route(
        "POST",
        "/applications/{application_id}/commands",
        commands::create,
    ),
    route(
        "PUT",
        "/applications/{application_id}/commands",
        commands::overwrite,
    ),
    route(
        "GET",
        "/applications/{application_id}/commands/{command_id}",
        commands::get,
    ),
    route(
        "PATCH",
        "/applications/{application_id}/commands/{command_id}",
        commands::edit,
    ),
    route(
        "DELETE",
        "/applications/{application_id}/commands/{command_id}",
        commands::delete,
    ),
    route(
        "GET",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        commands::guild_list,
    ),
    route(
        "POST",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        commands::guild_create,
    ),
    route(
        "PUT",
        "/applications/{application_id}/guilds/{guild_id}/commands",
        commands::guild_overwrite,
    ),
    route(
        "GET",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        commands::guild_get,
    ),
    route(
        "PATCH",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        commands::guild_edit,
    ),
    route(
        "DELETE",
        "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
        commands::guild_delete,
    ),
    open(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        interactions::callback,
    ),
    open(
        "POST",
        "/webhooks/{webhook_id}/{webhook_token}",
        webhooks::follow_up,
    ),
    open(
        "GET",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        webhooks::get_original,
    ),
    open(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        webhooks::edit_original,
    ),
    open(
        "DELETE",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        webhooks::delete_original,
    ),
    open(
        "GET",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::get,
    ),
    open(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::edit,
    ),
    open(
        "DELETE",
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::delete,
    ),
];
