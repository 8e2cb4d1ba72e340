// How a server leaves without cutting off what was asked of it. A connection that is kept open may have a request on its
// way: it is served once more with the word that this was the last time, and closed only where nothing comes.
import net from "node:net";

/** At so many looks nothing has come on a connection before it counts as one on which nothing will: looks, since a server that is busy sees late what has come. */
const QUIET = 10;
const LOOK = 100;
/** Whoever had connected when the door closes is cut off, so it stays open until nobody new has come by a look, and for so many looks at most. */
const OPEN = 10;

/** `tell` goes before whatever answers, `watch` once there is a server, `begin` when it is to end. */
export function leaving() {
  /** Of each open connection: how many answers are under way, and what had come by the last look, and at how many looks nothing more had. */
  const connections = new Map();
  let begun = false;
  let newcomers = 0;

  function tell(request, response, next) {
    const connection = connections.get(request.socket);
    if (connection) {
      connection.answering += 1;
      response.once("close", () => (connection.answering -= 1));
    }
    const { writeHead } = response;
    response.writeHead = function (...given) {
      if (begun) response.setHeader("Connection", "close");
      return writeHead.apply(response, given);
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
      const came = connection.answering > 0 || socket.bytesRead > connection.received;
      Object.assign(connection, { received: socket.bytesRead, quiet: came ? 0 : connection.quiet + 1 });
      if (connection.quiet > QUIET) socket.destroySoon();
    }
  }

  return {
    tell,
    watch,
    begun: () => begun,
    /** Soon takes no further connections, and calls back once the last one is closed. */
    begin(server, ended) {
      begun = true;
      newcomers = 0;
      let looks = 0;
      // An immediate comes after what has arrived is taken in and read.
      const looking = setInterval(() => setImmediate(look), LOOK);
      function look() {
        looks += 1;
        if (server.listening && (newcomers === 0 || looks >= OPEN)) {
          // A server of HTTP closes at once what seems idle, also where a request has just been sent.
          net.Server.prototype.close.call(server, () => {
            clearInterval(looking);
            ended();
          });
        }
        newcomers = 0;
        closeQuiet();
      }
    },
  };
}
