import { OwnTrailSection } from "../../features/audit/own-trail.tsx";
import { datesFrom, paramsOf } from "../../features/insights/filter.ts";
import { MeScreen } from "../../features/insights/me/me-screen.tsx";
import { Page } from "../../ui/page.tsx";
import { useTitle } from "../../ui/use-title.ts";
import { RequireRight } from "../require-right.tsx";
import { useAddress } from "../use-address.ts";
import { useSignedIn } from "../who.ts";

export function Component() {
  useTitle("Me");
  return (
    <RequireRight right="self.read">
      <Own />
    </RequireRight>
  );
}

/** Figures for those who judge; what the log has of oneself for everybody. */
function Own() {
  const [dates, changeDates] = useAddress(datesFrom, paramsOf);
  if (!useSignedIn().permissions.includes("insights.own")) {
    return (
      <Page title="Me">
        <OwnTrailSection />
      </Page>
    );
  }
  return (
    <MeScreen dates={dates} onDates={changeDates}>
      <OwnTrailSection />
    </MeScreen>
  );
}
