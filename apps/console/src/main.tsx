import "@mantine/core/styles.layer.css";
import "./ui/tokens.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { listenToKeys } from "./lib/keyboard/keyboard.ts";
import { pageNonce } from "./lib/nonce.ts";

// react-remove-scroll, which dialogs use, looks for the nonce of its style element here.
Object.assign(globalThis, { __webpack_nonce__: pageNonce() });

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
listenToKeys(window);
createRoot(root).render(<App />);
