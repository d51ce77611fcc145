import { mockMode } from "@secondlook/mock-api/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** `pnpm mock`: the console alone, over the API in the page. Nothing of it is ever built. */
export default defineConfig({
  plugins: [
    react(),
    mockMode({
      entry: { from: "/src/main.tsx", to: "/src/main.mock.tsx" },
      progress(done, of, what) {
        const end = done === of ? "\n" : "";
        process.stdout.write(`\rMock mode makes its data, once: ${done} of ${of} ${what} ${end}`);
      },
    }),
  ],
  cacheDir: "node_modules/.vite-mock",
  // A page of some forty files instead of three hundred; a change still replaces its own module only.
  experimental: { bundledDev: true },
  server: { host: "127.0.0.1", port: Number(process.env["PORT"] ?? 4500), strictPort: true },
  optimizeDeps: {
    // Found before the first page asks, which would otherwise have to load twice.
    entries: ["src/main.mock.tsx", "src/main.tsx"],
    // It finds its WebAssembly beside itself.
    exclude: ["@electric-sql/pglite"],
  },
});
