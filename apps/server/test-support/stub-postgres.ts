import { createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/**
 * Something that speaks as much of Postgres's protocol as a start needs to learn that it is an old
 * one: no password, and the same row for every query. Gives its port.
 */
export async function stubPostgres(version: {
  readonly number: number;
  readonly text: string;
}): Promise<number> {
  const server = createServer((socket) => converse(socket, [String(version.number), version.text]));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

const INT4 = 23;
const TEXT = 25;

function converse(socket: Socket, row: readonly [number: string, text: string]): void {
  let greeted = false;
  const ready = message("Z", Buffer.from("I"));
  socket.on("error", () => undefined);
  socket.on("data", (data) => {
    if (!greeted) {
      greeted = true;
      socket.write(Buffer.concat([message("R", int32(0)), ready]));
    } else if (data.subarray(0, 1).toString() === "Q") {
      const columns = [column("number", INT4), column("text", TEXT)];
      const values = row.flatMap((value) => [int32(value.length), Buffer.from(value)]);
      socket.write(
        Buffer.concat([
          message("T", int16(2), ...columns),
          message("D", int16(2), ...values),
          message("C", Buffer.from("SELECT 1\0")),
          ready,
        ]),
      );
    } else {
      socket.end();
    }
  });
}

function column(name: string, type: number): Buffer {
  const place = [int32(0), int16(0)];
  const form = [int32(type), int16(-1), int32(-1), int16(0)];
  return Buffer.concat([Buffer.from(`${name}\0`), ...place, ...form]);
}

function message(kind: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(kind), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}
