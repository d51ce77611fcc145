import { cleanup, render } from "@testing-library/react";
import { createBrowserRouter, RouterProvider } from "react-router";
import { afterEach, expect, test, vi } from "vitest";
import { useAddress } from "./use-address.ts";

interface Place {
  readonly region: string | null;
  readonly from: string | null;
}

const read = (params: URLSearchParams): Place => ({
  region: params.get("region"),
  from: params.get("from"),
});

function write(place: Place): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(place)) {
    if (typeof value === "string") params.set(name, value);
  }
  return params;
}

afterEach(cleanup);

test("a change made from what is on screen takes back none made before it was drawn", async () => {
  history.replaceState(null, "", "/?region=VN");
  const drawn: { place: Place; change: (part: Partial<Place>) => void }[] = [];
  function Screen() {
    const [place, change] = useAddress(read, write);
    drawn.push({ place, change });
    return null;
  }
  const router = createBrowserRouter([{ path: "/", Component: Screen }]);
  render(<RouterProvider router={router} />);
  const first = drawn[0];
  expect(first?.place).toEqual({ region: "VN", from: null });
  first?.change({ from: "2026-11-01" });
  await vi.waitFor(() => expect(window.location.search).toBe("?region=VN&from=2026-11-01"));
  first?.change({ region: "SG" });
  await vi.waitFor(() => expect(drawn.at(-1)?.place).toEqual({ region: "SG", from: "2026-11-01" }));
  router.dispose();
});
