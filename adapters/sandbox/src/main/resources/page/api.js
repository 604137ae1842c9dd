// The calls of the page. The key of this start stands behind the # of the address.

const key = location.hash.slice(1);
const RETRY_FIRST = 300;
const RETRY_MOST = 5000;

async function call(method, path, body) {
  const response = await fetch(path, { method, body, headers: { "X-Page-Key": key } });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const error = new Error(answer.error || `The sandbox answered ${response.status}.`);
    error.status = response.status;
    throw error;
  }
  return answer;
}

export function sides() {
  return call("GET", "/page/sides");
}

/** Does something as a person; the bytes of a file follow the line of JSON. */
export function act(kind, details, file = "") {
  return call("POST", "/page/act", new Blob([JSON.stringify({ act: kind, ...details }), "\n", file]));
}

/** Stays connected, tells every state and every message, and says again what is watched. */
export function live(onMessage, onState) {
  let socket;
  let watching = JSON.stringify({ people: {}, disk: false });
  let wait = RETRY_FIRST;

  function connect() {
    socket = new WebSocket(`wss://${location.host}/page/live`, ["sotto.page", key]);
    socket.addEventListener("open", () => {
      wait = RETRY_FIRST;
      socket.send(watching);
      onState("live");
    });
    socket.addEventListener("message", event => onMessage(JSON.parse(event.data)));
    socket.addEventListener("close", lost);
  }

  function lost() {
    onState("lost");
    setTimeout(connect, wait);
    wait = Math.min(RETRY_MOST, wait * 2);
  }

  connect();
  return {
    watch(people, disk) {
      watching = JSON.stringify({ people, disk });
      if (socket.readyState === WebSocket.OPEN) {
        socket.send(watching);
      }
    },
  };
}
