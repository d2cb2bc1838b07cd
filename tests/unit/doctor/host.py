"""A web server that answers as its addresses say."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Host(BaseHTTPRequestHandler):
    """Answers `/404` with 404; `/get/200` says 405 to HEAD and then what is asked for."""

    def do_GET(self):
        self.server.asked.append((self.command, self.path))
        parts = self.path.strip("/").split("/")
        if parts[0] == "hang":
            self.server.over.wait()
            return
        if parts[0] == "cut":
            self.close_connection = True
            return
        status = 405 if parts[0] == "get" and self.command == "HEAD" else int(parts[-1])
        self.send_response(status)
        if status in {301, 302}:
            target = "circle/301" if parts[0] == "circle" else parts[0]
            self.send_header("Location", f"/{target}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_HEAD(self):
        self.do_GET()

    def log_message(self, *_arguments):
        pass


@contextmanager
def serving():
    """A host at a free port of this machine alone, which knows what it was `asked`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        server.asked, server.over = [], threading.Event()
        server.root = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
