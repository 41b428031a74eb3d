// Talking to the application: JSON requests with the contract's errors, and live events read with fetch
// (so that no token ever stands in an address).

const SILENCE_MS = 45000; // the application says something every 15 s

export class ApiError extends Error {
  constructor(status, error) {
    super(error?.message ?? "");
    this.status = status;
    this.code = error?.code ?? "offline";
    this.fields = error?.fields ?? {}; // what is wrong with each field of a form
  }

  // Whether the same request may succeed later.
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export async function request(method, path, { token, csrf, body, keepalive = false } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (csrf) headers["X-CSRF-Token"] = csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let reply;
  try {
    reply = await fetch(path, { method, headers, keepalive, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new ApiError(0);
  }
  if (reply.status === 204) return {};
  const content = await reply.json().catch(() => null);
  if (!reply.ok) throw new ApiError(reply.status, content?.error);
  return content;
}

// A file, for who holds the key.
export async function download(path, token) {
  let reply;
  try {
    reply = await fetch(path, { headers: { Authorization: `Bearer ${token}` } });
  } catch {
    throw new ApiError(0);
  }
  if (!reply.ok) throw new ApiError(reply.status, (await reply.json().catch(() => null))?.error);
  return reply.blob();
}

// Follows server-sent events until `signal` aborts, resuming after the last id with growing pauses.
export async function follow(path, { token, lastId = 0, signal, onEvent, onConnection }) {
  let pause = 500;
  while (!signal.aborted) {
    const quiet = new AbortController();
    const end = () => quiet.abort();
    signal.addEventListener("abort", end);
    try {
      const headers = { Accept: "text/event-stream", "Last-Event-ID": String(lastId) };
      if (token) headers.Authorization = `Bearer ${token}`;
      const reply = await fetch(path, { headers, signal: quiet.signal });
      if (reply.status === 401 || reply.status === 404) {
        onEvent({ event: "gone", data: "" });
        return;
      }
      if (!reply.ok) throw new ApiError(reply.status);
      onConnection?.(true);
      pause = 500;
      for await (const event of events(reply.body, quiet)) {
        if (event.id) lastId = Number(event.id);
        onEvent(event);
        if (event.event === "erased") return;
      }
    } catch {
      if (signal.aborted) return;
    } finally {
      signal.removeEventListener("abort", end);
    }
    onConnection?.(false);
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, 15000);
  }
}

async function* events(stream, quiet) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const watch = setTimeout(() => quiet.abort(), SILENCE_MS);
    const { value, done } = await reader.read().finally(() => clearTimeout(watch));
    if (done) return;
    const blocks = (buffer + value).split(/\r\n\r\n|\n\n/);
    buffer = blocks.pop();
    for (const block of blocks) {
      const event = parsed(block);
      if (event.data) yield event;
    }
  }
}

function parsed(block) {
  const event = { event: "message", id: "", data: "" };
  for (const line of block.split(/\r\n|\n/)) {
    const [, name, value] = /^(event|id|data): ?(.*)$/.exec(line) ?? [];
    if (name === "data" && event.data) event.data += `\n${value}`;
    else if (name) event[name] = value;
  }
  return event;
}

// `crypto.randomUUID` exists only on secure origins; a kiosk may reach its hub by a plain local address.
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
