import type { Romanise } from "@secondlook/domain/attributes/comparison";
import { useEffect, useState } from "react";

/** What is left where the table can't be fetched: scripts other than Latin aren't compared then. */
const WITHOUT_TABLE: Romanise = (text) => text.normalize("NFD").replaceAll(/[^ -~]/g, "");

let loaded: Romanise | null = null;

async function load(): Promise<Romanise> {
  try {
    // 130 kB of tables, needed only once something is sealed.
    loaded = (await import("any-ascii")).default;
    return loaded;
  } catch {
    return WITHOUT_TABLE;
  }
}

/** Writes any script in ASCII letters; null while its table loads. */
export function useRomanise(): Romanise | null {
  const [romanise, setRomanise] = useState(() => loaded);
  useEffect(() => {
    if (romanise !== null) return;
    let gone = false;
    void load().then((found) => gone || setRomanise(() => found));
    return () => {
      gone = true;
    };
  }, [romanise]);
  return romanise;
}
