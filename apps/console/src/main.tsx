import "@mantine/core/styles.layer.css";
import "./ui/tokens.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { listenToKeys } from "./lib/keyboard/keyboard.ts";
import { pageNonce } from "./lib/nonce.ts";

// Where Mantine locks scrolling behind an overlay, its style element takes the nonce from here.
Object.assign(globalThis, { __webpack_nonce__: pageNonce() });

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
listenToKeys(window);
createRoot(root).render(<App />);
