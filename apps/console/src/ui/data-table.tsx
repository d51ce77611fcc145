import { type ColumnDef, type RowData, tableFeatures, useTable } from "@tanstack/react-table";
import classes from "./data-table.module.css";

const features = tableFeatures({});

/** A column of a plain table, without sorting or paging in the browser. */
export type Column<Row extends RowData> = ColumnDef<typeof features, Row>;

/** A table of rows that the server has ordered and paged. */
export function DataTable<Row extends RowData>(props: {
  readonly columns: Column<Row>[];
  readonly rows: Row[];
  readonly caption: string;
}) {
  const table = useTable({ features, columns: props.columns, data: props.rows });
  return (
    <table className={classes.table} aria-label={props.caption}>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <th key={header.id} scope="col">
                {table.FlexRender({ header })}
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id}>
            {row.getAllCells().map((cell) => (
              <td key={cell.id}>{table.FlexRender({ cell })}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
