import { useSearchParams } from "react-router";

/**
 * What the query of the address says, and how to change a part of it. A change is laid upon what
 * the address says at that moment: what is on screen may be older, and would take back a change
 * made just before.
 */
export function useAddress<T extends object>(
  read: (params: URLSearchParams) => T,
  write: (value: T) => URLSearchParams,
): readonly [value: T, change: (part: Partial<T>) => void] {
  const [params, setParams] = useSearchParams();
  return [
    read(params),
    (part) =>
      setParams(write({ ...read(new URLSearchParams(window.location.search)), ...part }), {
        preventScrollReset: true,
      }),
  ];
}
