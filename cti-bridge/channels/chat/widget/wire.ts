import type { ToVisitor } from '../../../../shared/contracts/messages/chat-widget.ts';

/** A WebSocket, as far as the conversation knows one. After `close` it says nothing more. */
export interface Wire {
  send(text: string): void;
  close(): void;
}

export interface WireListener {
  opened(): void;
  heard(text: string): void;
  /** The code of its end; 1006 where nobody said one. */
  closed(code: number): void;
}

/** Null: a frame that is none of ours. The bridge is trusted; this is about a proxy or another version in between. */
export function readFrame(text: string): ToVisitor | null {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === 'object' && frame !== null && typeof Reflect.get(frame, 'kind') === 'string' ? (frame as ToVisitor) : null;
  } catch {
    return null;
  }
}

export function webSocketTo(url: string, listener: WireListener): Wire {
  let isOver = false;
  const end = (code: number) => {
    if (isOver) return;
    isOver = true;
    listener.closed(code);
  };
  let socket: WebSocket;
  try {
    socket = new WebSocket(url);
  } catch {
    // A page's policy that forbids the address; some browsers throw.
    const told = setTimeout(end, 0, 1006);
    return { send: () => undefined, close: () => clearTimeout(told) };
  }
  socket.onopen = () => isOver || listener.opened();
  socket.onmessage = ({ data }) => isOver || listener.heard(String(data));
  socket.onclose = ({ code }) => end(code);
  return {
    send: (text) => socket.send(text),
    close() {
      isOver = true;
      socket.close();
    },
  };
}
