"""The people's side of the local Discord, over its control surface."""

import asyncio

import aiohttp

PATIENCE = 10


class Town:
    def __init__(self, directory):
        self.directory = directory
        self.base = f"{directory['api']}/sandbox/v1"

    async def does(self, verb, order=None, **fields):
        """Someone does something; answers what the verb answers."""
        body = fields if order is None else order
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{self.base}/{verb}", json=body) as answer:
                text = await answer.text()
                assert answer.status == 200, f"{verb} {body}: {text}"
                return await answer.json()

    async def asks(self, question):
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{self.base}/{question}") as answer:
                return await answer.json()


async def causing(client, event, act, check=None):
    """Does something and waits for the event that it causes."""
    came = asyncio.ensure_future(client.wait_for(event, check=check, timeout=PATIENCE))
    await asyncio.sleep(0)
    result = await act
    await came
    return result


async def refused(code, act):
    """A refusal with Discord's code."""
    try:
        await act
    except Exception as error:  # discord.py has a class for each status
        assert getattr(error, "code", None) == code, repr(error)
    else:
        raise AssertionError(f"not refused with {code}")
