// Talking to the application: JSON requests with the contract's errors, and live events read with fetch
// (so that no token ever stands in an address).

export class ApiError extends Error {
  constructor(status, error) {
    super(error?.message ?? "");
    this.status = status;
    this.code = error?.code ?? "offline";
  }
}

export async function request(method, path, { token, csrf, body } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (csrf) headers["X-CSRF-Token"] = csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let reply;
  try {
    reply = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new ApiError(0);
  }
  if (reply.status === 204) return null;
  const content = await reply.json().catch(() => null);
  if (!reply.ok) throw new ApiError(reply.status, content?.error);
  return content;
}

// Follows server-sent events until `signal` aborts, resuming after the last id with growing pauses.
export async function follow(path, { token, lastId = 0, signal, onEvent, onConnection }) {
  let pause = 500;
  while (!signal.aborted) {
    try {
      const headers = { Accept: "text/event-stream", "Last-Event-ID": String(lastId) };
      if (token) headers.Authorization = `Bearer ${token}`;
      const reply = await fetch(path, { headers, signal });
      if (reply.status === 401 || reply.status === 404) {
        onEvent({ event: "gone", data: "" });
        return;
      }
      if (!reply.ok) throw new ApiError(reply.status);
      onConnection?.(true);
      pause = 500;
      for await (const event of events(reply.body)) {
        if (event.id) lastId = Number(event.id);
        onEvent(event);
        if (event.event === "erased") return;
      }
    } catch {
      if (signal.aborted) return;
      onConnection?.(false);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, 15000);
  }
}

async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    buffer += value.replaceAll("\r\n", "\n");
    let end;
    while ((end = buffer.indexOf("\n\n")) >= 0) {
      const event = { event: "message", id: "", data: "" };
      for (const line of buffer.slice(0, end).split("\n")) {
        const colon = line.indexOf(":");
        if (colon <= 0) continue;
        const name = line.slice(0, colon);
        if (name in event) event[name] += line.slice(colon + 1).replace(/^ /, "");
        if (name === "event") event.event = line.slice(colon + 1).trim();
      }
      buffer = buffer.slice(end + 2);
      if (event.data) yield event;
    }
  }
}

export const texts = await request("GET", "/texts.json");
