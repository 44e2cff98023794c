#!/usr/bin/env bash
# Which people a library finds that carries OData filters out on a database.
#
# Version: odata-query 0.10.0 (with SQLAlchemy 2.0.44; its other side, for Django 5.2.8, beside it), on SQLite.
# Input: four people, one without a town; $filter=town ne 'Bath', not (town eq 'Bath'), contains(name,'A_1'), contains(name,'100%').
# Expected: who is in Rome and who has no town: in OData null is a value, and ne is true where one side is null and the other is not (OData 4.01,
#           part 2, 5.1.1.1.2; eq then is false, and not turns it round). Of the names those that contain the characters.
# Seen: the filters become SQL's own != and NOT, to which null is neither: who has no town is missing from "not in Bath", from both
#       sides of the library. With SQLAlchemy % and _ of a value are wildcards besides, so that AB1 and 1000 Miles are found; Django
#       takes them as they are.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet "odata-query==0.10.0" "sqlalchemy==2.0.44" "django==5.2.8"

cat > ask.py << 'PYTHON'
import django
import sqlalchemy
from django.conf import settings
from django.db import connection, models
from odata_query.django import apply_odata_query as with_django
from odata_query.sqlalchemy import apply_odata_query as with_sqlalchemy
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
django.setup()


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "rows"
    name = mapped_column(sqlalchemy.Text, primary_key=True)
    town = mapped_column(sqlalchemy.Text)


class Model(models.Model):
    name = models.TextField(primary_key=True)
    town = models.TextField(null=True)

    class Meta:
        app_label = "crm"


people = [{"name": "A_1", "town": "Bath"}, {"name": "AB1", "town": None}, {"name": "100% Ada", "town": "Rome"}, {"name": "1000 Miles", "town": "Bath"}]
engine = sqlalchemy.create_engine("sqlite://")
Base.metadata.create_all(engine)
with connection.schema_editor() as editor:
    editor.create_model(Model)
Model.objects.bulk_create([Model(**person) for person in people])
with Session(engine) as session:
    session.add_all([Row(**person) for person in people])
    session.flush()
    for asked in ("town eq null", "town ne 'Bath'", "not (town eq 'Bath')", "contains(name,'A_1')", "contains(name,'100%')"):
        rows = sorted(row.name for row in session.scalars(with_sqlalchemy(sqlalchemy.select(Row), asked)))
        found = sorted(each.name for each in with_django(Model.objects.all(), asked))
        print(asked, rows, found)
PYTHON

seen="$(./venv/bin/python -W ignore ask.py 2>/dev/null)"
printf '%s\n' "$seen"
[ "$seen" = "town eq null ['AB1'] ['AB1']
town ne 'Bath' ['100% Ada'] ['100% Ada']
not (town eq 'Bath') ['100% Ada'] ['100% Ada']
contains(name,'A_1') ['AB1', 'A_1'] ['A_1']
contains(name,'100%') ['100% Ada', '1000 Miles'] ['100% Ada']" ] || exit 1
