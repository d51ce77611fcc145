import {
  type InfiniteData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
} from "@tanstack/react-query";
import { useMemo } from "react";

/** A list that comes part by part. */
export interface Pages<Row, Page = unknown> {
  readonly query: UseInfiniteQueryResult<InfiniteData<Page>>;
  /** All rows so far; another array only when they changed. Nothing before the first answer. */
  readonly rows: Row[] | undefined;
  /** The first part, for what it tells about the whole list. */
  readonly first: Page | undefined;
}

/** For lists where each reading is an access of its own: read once, and forgotten with the screen. */
export const READ_ONCE = { gcTime: 0, staleTime: "static" } as const;

/** A list that the server orders and hands out part by part, kept true if `everyMs` is given. */
export function usePages<
  Page extends { readonly rows: readonly unknown[]; readonly nextCursor: string | null },
>(of: {
  readonly key: readonly unknown[];
  readonly read: (cursor: string | null) => Promise<Page>;
  readonly everyMs?: number;
  /** False until somebody asks for it. */
  readonly enabled?: boolean;
}): Pages<Page["rows"][number], Page> {
  const { everyMs, enabled = true } = of;
  const start: string | null = null;
  return usePagesOf(
    useInfiniteQuery({
      queryKey: of.key,
      queryFn: ({ pageParam }: { readonly pageParam: string | null }) => of.read(pageParam),
      initialPageParam: start,
      getNextPageParam: (page) => page.nextCursor,
      enabled,
      ...(everyMs === undefined ? READ_ONCE : { refetchInterval: everyMs }),
    }),
  );
}

/** The rows of all parts that a query has read. */
export function usePagesOf<Page extends { readonly rows: readonly unknown[] }>(
  query: UseInfiniteQueryResult<InfiniteData<Page>>,
): Pages<Page["rows"][number], Page> {
  const pages = query.data?.pages;
  const rows = useMemo(
    () => pages?.flatMap((page): Page["rows"][number][] => [...page.rows]),
    [pages],
  );
  return { query, rows, first: pages?.[0] };
}
