import type { Config } from "../config/config.ts";

/** Where the server of these settings answers on this machine. */
export function serverAddress({ host, port }: Config): string {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
