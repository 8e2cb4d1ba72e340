// Stops a server without cutting off requests. A client may have just sent a request on a connection that is kept open:
// it is answered with `Connection: close`, and an idle connection is closed only after some time without data.
import net from "node:net";

/**
 * How many checks in a row must find no new data on a connection before it is closed; CHECK_MS is the time between two, in
 * milliseconds. Checks are counted instead of time, because a busy server reads late what has arrived.
 */
const QUIET_CHECKS = 10;
const CHECK_MS = 100;
/**
 * The server stops listening after a check that found no new connection, and after this many checks at most:
 * connections that the system has accepted by then would be cut off.
 */
const MOST_CHECKS = 10;

/** `tell` is a handler that runs before all others, `watch` gets the server once it listens, `begin` starts the end. */
export function leaving() {
  /**
   * For each open connection: the number of answers in progress, the bytes received by the last check, and the number
   * of checks since then without new bytes.
   */
  const connections = new Map();
  let stopping = false;
  let newcomers = 0;

  function tell(request, response, next) {
    const connection = connections.get(request.socket);
    if (connection) {
      connection.answering += 1;
      response.once("close", () => (connection.answering -= 1));
    }
    const { writeHead } = response;
    response.writeHead = function (...parameters) {
      if (stopping) response.setHeader("Connection", "close");
      return writeHead.apply(response, parameters);
    };
    next();
  }

  function watch(server) {
    server.on("connection", (socket) => {
      newcomers += 1;
      connections.set(socket, { answering: 0, received: 0, quiet: 0 });
      socket.once("close", () => connections.delete(socket));
    });
  }

  function closeQuiet() {
    for (const [socket, connection] of connections) {
      const active = connection.answering > 0 || socket.bytesRead > connection.received;
      Object.assign(connection, { received: socket.bytesRead, quiet: active ? 0 : connection.quiet + 1 });
      if (connection.quiet > QUIET_CHECKS) socket.destroySoon();
    }
  }

  return {
    tell,
    watch,
    stopping: () => stopping,
    /** Soon accepts no more connections, and calls `ended` once the last one is closed. */
    begin(server, ended) {
      stopping = true;
      newcomers = 0;
      let checks = 0;
      // `setImmediate` runs after arrived data has been read.
      const timer = setInterval(() => setImmediate(check), CHECK_MS);
      function check() {
        checks += 1;
        if (server.listening && (newcomers === 0 || checks >= MOST_CHECKS)) {
          // The `close` of an HTTP server would at once close connections that seem idle, even where a request has just
          // been sent.
          net.Server.prototype.close.call(server, () => {
            clearInterval(timer);
            ended();
          });
        }
        newcomers = 0;
        closeQuiet();
      }
    },
  };
}
