import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const api = "http://127.0.0.1:4400";

export default defineConfig({
  plugins: [react()],
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: { "/trpc": api, "/auth": api, "/media": api, "/live": api, "/v1": api },
  },
  build: {
    target: "es2024",
    // Inlined files would be `data:` URLs, which the policy allows for pictures only.
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    chunkSizeWarningLimit: 800,
    modulePreload: { polyfill: false },
  },
});
