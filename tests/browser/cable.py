"""The cable between a browser and the assistant, which can be pulled out and put back."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


class Cable:
    """Forwards connections to `url` until it is cut; then those that are open end, and new ones too."""

    def __init__(self, url: str) -> None:
        self._target = (urlsplit(url).hostname or "", urlsplit(url).port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._cut = False
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Pull it out."""
        self._cut = True
        for end in tuple(self._open):
            _close(end)

    def mend(self) -> None:
        """Put it back."""
        self._cut = False

    def remove(self) -> None:
        """No longer listen."""
        self.cut()
        _close(self._listener)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self._cut:
                    near.close()
                    continue
                far = socket.create_connection(self._target)
                self._open |= {near, far}
                for source, sink in ((near, far), (far, near)):
                    threading.Thread(target=self._forward, args=(source, sink), daemon=True).start()

    def _forward(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            self._open.discard(end)
            _close(end)


@contextmanager
def cable_to(url: str) -> Iterator[Cable]:
    """A cable to the assistant at `url`, taken away at the end."""
    cable = Cable(url)
    try:
        yield cable
    finally:
        cable.remove()


def _close(end: socket.socket) -> None:
    # Closing alone would not wake a thread that waits on it.
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
