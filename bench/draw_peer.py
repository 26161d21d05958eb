"""Run by `bench.draw` in the environment of `sortition-algorithms`: FOLDER SIZE PANELS; prints a line of JSON."""

import json
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter, process_time

from sortition_algorithms import adapters, core, settings


def main(folder: Path, size: int, panels: int) -> None:
    options = settings.Settings(
        id_column="id", columns_to_keep=["haushalt"], check_same_address=True, check_same_address_columns=["haushalt"]
    )
    source = adapters.CSVFileDataSource(
        features_file=folder / "features.csv",
        people_file=folder / "respondents.csv",
        already_selected_file=None,
        selected_file=Path("unused"),
        remaining_file=Path("unused"),
    )
    data = adapters.SelectionData(source)
    features, _ = data.load_features(size)
    people, _ = data.load_people(options, features)
    begun, worked = perf_counter(), process_time()
    found, _ = core.find_random_sample(
        features,
        people,
        size,
        options.check_same_address_columns,
        selection_algorithm="maximin",
        number_selections=panels,
        max_seconds=3600,
    )
    seconds, cpu = perf_counter() - begun, process_time() - worked
    counts = Counter(person for panel in found for person in panel)
    least = min(counts[person] for person in people)
    print(json.dumps({"seconds": seconds, "cpu": cpu, "least": least}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
