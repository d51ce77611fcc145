import { useEffect, useState } from "react";
import { announce } from "../../lib/announce.ts";
import { active, later, offersBreak, type Sitting, startSitting } from "./model/sitting.ts";

const SIGNS = ["keydown", "pointerdown", "wheel"] as const;
const LOOK_MS = 20_000;

/** A break to offer now: for how many minutes one has been at work, and the way to put it off. */
export function useSitting(): { readonly minutes: number; readonly later: () => void } | null {
  // It belongs to the page, not to the screen: a look at another screen is no break.
  const [offered, setOffered] = useState<number | null>(null);
  useEffect(() => {
    const note = () => {
      sitting = active(sitting, Date.now());
    };
    const look = () => {
      const now = Date.now();
      const due = offersBreak(sitting, now);
      setOffered(due ? Math.floor((now - sitting.since) / 60_000) : null);
    };
    for (const sign of SIGNS) window.addEventListener(sign, note, { passive: true });
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, note);
    };
  }, []);
  const offers = offered !== null;
  useEffect(() => {
    if (offers) announce("You have been at it for long. Press Escape to go on without a break.");
  }, [offers]);
  if (offered === null) return null;
  return {
    minutes: offered,
    later() {
      sitting = later(sitting, Date.now());
      setOffered(null);
      announce("The break is put off.");
    },
  };
}

let sitting: Sitting = startSitting(Date.now());
