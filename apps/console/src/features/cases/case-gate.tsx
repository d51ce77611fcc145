import { Button } from "@mantine/core";
import { StateScreen } from "../../ui/state-screen.tsx";

/** Asked before a case page is fetched: it tells what a judge may not know. */
export function CaseGate(props: {
  readonly caseId: string;
  readonly onOpen: () => void;
  readonly onBack: () => void;
}) {
  return (
    <StateScreen
      title="Opening this page takes you out of judging this case"
      actions={
        <>
          <Button onClick={props.onOpen}>Open the page</Button>
          <Button variant="default" onClick={props.onBack}>
            Back
          </Button>
        </>
      }
    >
      <p>
        The page tells stage, earlier decisions and who looked. From then on no round of{" "}
        <code>{props.caseId}</code> is given to you, and the opening stands in the log.
      </p>
    </StateScreen>
  );
}
