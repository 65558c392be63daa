// The people's side of the local Discord, over its control surface.

import assert from 'node:assert/strict';

/** Ends the script when something that should happen does not. */
export const PATIENCE_MS = 10_000;

export class Town {
  constructor(directory) {
    this.directory = directory;
    this.base = `${directory.api}/sandbox/v1`;
  }

  /** Someone does something; answers what the verb answers. */
  async does(verb, order = {}) {
    const answer = await fetch(`${this.base}/${verb}`, { method: 'POST', body: JSON.stringify(order) });
    const text = await answer.text();
    assert.equal(answer.status, 200, `${verb} ${JSON.stringify(order)}: ${text}`);
    return JSON.parse(text);
  }

  async asks(question) {
    return (await fetch(`${this.base}/${question}`)).json();
  }
}

/** Resolves at the next event for which `fits` holds. */
export function next(client, event, fits = () => true) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} came`)), PATIENCE_MS);
    const listener = (...args) => {
      if (!fits(...args)) return;
      clearTimeout(timer);
      client.off(event, listener);
      resolve(args);
    };
    client.on(event, listener);
  });
}

/** Does something and waits for the event that it causes. */
export async function causing(client, event, act, fits) {
  const came = next(client, event, fits);
  const [result] = await Promise.all([act(), came]);
  return result;
}

/** A refusal with Discord's code. */
export async function refused(code, act) {
  await assert.rejects(act, (error) => {
    assert.equal(error.code, code, `${error}`);
    return true;
  });
}
