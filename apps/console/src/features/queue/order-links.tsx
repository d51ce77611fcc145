import { OVERVIEW_ORDERS } from "@secondlook/domain/queue/bands";
import { Link } from "react-router";
import { ORDER_WORDS } from "./oversight-words.ts";
import { type QueueAddress, queryOf } from "./queue-address.ts";
import classes from "./queue-screen.module.css";

/** In which order the list is; it stands in the address. */
export function OrderLinks({ address }: { readonly address: QueueAddress }) {
  return (
    <nav className={classes.orders} aria-label="Order of the list">
      {OVERVIEW_ORDERS.map((order) => (
        <Link
          key={order}
          to={queryOf({ ...address, order }) || "?"}
          aria-current={order === address.order ? "true" : undefined}
        >
          {ORDER_WORDS[order]}
        </Link>
      ))}
    </nav>
  );
}
