import type { SessionCarrier } from "@secondlook/api/deps";

const NAME = "secondlook_session";

/** The session as a cookie: not readable by scripts, not sent along by other sites. */
export function createCookieSession(options: { readonly secure: boolean }): SessionCarrier {
  // The prefix makes browsers refuse the cookie from a subdomain or over plain HTTP.
  const name = options.secure ? `__Host-${NAME}` : NAME;
  return {
    read(request) {
      const header = request.headers.get("cookie");
      if (header === null) return undefined;
      for (const part of header.split(";")) {
        const [key, value] = part.split("=", 2);
        if (key?.trim() === name && value !== undefined && /^[\w-]{43}$/.test(value.trim())) {
          return value.trim();
        }
      }
      return undefined;
    },
    write(response, token, expiresAt) {
      const attributes = `Path=/; HttpOnly; SameSite=Lax${options.secure ? "; Secure" : ""}`;
      response.append(
        "set-cookie",
        token === null
          ? `${name}=; Max-Age=0; ${attributes}`
          : `${name}=${token}; Expires=${expiresAt.toUTCString()}; ${attributes}`,
      );
    },
  };
}
