import { useEffect, useState } from "react";

/** How long something has to stay as it is, in milliseconds. */
const REST = 300;

/** A value once it has come to rest. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), REST);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
