import { useEffect, useRef, useState } from "react";
import type { Activity } from "./model/beating.ts";

const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** Notices whether somebody is at work, and when nobody was for a while. */
export function useActivity(idleMs: number, onIdle: () => void): Activity {
  const [memory] = useState(() => createMemory());
  const latest = useRef(onIdle);
  useEffect(() => {
    latest.current = onIdle;
  });
  useEffect(() => {
    let timer = setTimeout(() => latest.current(), idleMs);
    const note = () => {
      memory.note();
      clearTimeout(timer);
      timer = setTimeout(() => latest.current(), idleMs);
    };
    for (const sign of SIGNS) window.addEventListener(sign, note, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, note);
    };
  }, [memory, idleMs]);
  return memory;
}

function createMemory(): Activity & { note(): void } {
  let active = true;
  return {
    note() {
      active = true;
    },
    sinceLast() {
      const was = active;
      active = false;
      return was;
    },
  };
}
