"""A vendor on the loopback interface: pages of resources, after some time."""

import asyncio
import threading


class Vendor:
    """Serves `answer(path)`: the bytes of a body, and the path of the next page or None.

    latency: seconds before each answer.
    """

    def __init__(self, answer, latency=0.0):
        self.answer = answer
        self.latency = latency
        self.requests = 0
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()

        def serve():
            asyncio.set_event_loop(self._loop)
            server = self._loop.run_until_complete(asyncio.start_server(self._talk, "127.0.0.1", 0))
            self.host = "127.0.0.1:%d" % server.sockets[0].getsockname()[1]
            ready.set()
            self._loop.run_forever()

        threading.Thread(target=serve, daemon=True).start()
        ready.wait()

    async def _talk(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode()
                self.requests += 1
                if self.latency:
                    await asyncio.sleep(self.latency)
                body, following = self.answer(path)
                link = f'link: <http://{self.host}{following}>; rel="next"\r\n' if following else ""
                writer.write(
                    f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n{link}\r\n"
                    .encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def close(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
