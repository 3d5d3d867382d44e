package dev.carafe.cli.command;

import dev.carafe.cli.session.Failure;
import dev.carafe.cli.session.Session;
import dev.carafe.cli.template.GoStruct;
import dev.carafe.cli.template.Template;
import dev.carafe.cli.template.TemplateFailure;
import dev.carafe.cli.text.Columns;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prints rows: as a table, by a `--format` template, or as JSON lines.
final class Listing {
    /// The flag that all listings have.
    static final String FORMAT_HELP =
            "Print with a template instead:\n"
                    + "'table'            columns with heads (default)\n"
                    + "'table TEMPLATE'   columns of the template, with heads\n"
                    + "'json'             one JSON object a line\n"
                    + "'TEMPLATE'         Go template, such as '{{.ID}} {{.Names}}'";

    private final Session session;
    private final String format;
    private final String[] fields;
    private final String[] heads;
    private String[] raw = {};

    /// @param format empty or `table` = the default table
    /// @param fields of the default table
    /// @param heads pairs of a field and its head, for all fields
    Listing(Session session, String format, String[] fields, String[] heads) {
        this.session = session;
        this.format = format;
        this.fields = fields;
        this.heads = heads;
    }

    /// The flag's value, else the configuration's.
    static String format(Session session, String flag, String configKey) {
        return flag.isEmpty() ? session.config().content().text(configKey) : flag;
    }

    /// What the format `raw` prints: pairs of a name and a field, a line each and a blank line
    /// after each row.
    Listing withRaw(String... pairs) {
        raw = pairs;
        return this;
    }

    void print(List<? extends Row> rows) {
        if (format.equals("raw") && raw.length > 0) {
            raw(rows);
        } else if (format.isEmpty() || format.equals("table")) {
            plainTable(rows);
        } else if (format.startsWith("table")) {
            templateTable(rows, format.substring("table".length()).strip());
        } else {
            lines(rows);
        }
    }

    private void raw(List<? extends Row> rows) {
        for (Row row : rows) {
            for (int i = 0; i < raw.length; i += 2) {
                String value = row.text(raw[i + 1]);
                session.out().line(raw[i] + ":" + (value.isEmpty() ? "" : " " + value));
            }
            if (raw.length > 2) {
                session.out().line("");
            }
        }
    }

    private void plainTable(List<? extends Row> rows) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < fields.length; i++) {
            s.append(i == 0 ? "" : "\t").append(head(fields[i]));
        }
        s.append('\n');
        for (Row row : rows) {
            for (int i = 0; i < fields.length; i++) {
                s.append(i == 0 ? "" : "\t").append(row.text(fields[i]));
            }
            s.append('\n');
        }
        session.out().print(Columns.align(s.toString()));
    }

    private String head(String field) {
        for (int i = 0; i < heads.length; i += 2) {
            if (heads[i].equals(field)) {
                return heads[i + 1];
            }
        }
        return field;
    }

    private void templateTable(List<? extends Row> rows, String text) {
        Template template = parse(text);
        StringBuilder s = new StringBuilder();
        s.append(execute(template, new Heads(rows.isEmpty() ? null : rows.get(0)), true))
                .append('\n');
        for (Row row : rows) {
            s.append(execute(template, row, false)).append('\n');
        }
        session.out().print(Columns.align(s.toString()));
    }

    private void lines(List<? extends Row> rows) {
        Template template = parse(format.equals("json") ? "{{json .}}" : format);
        for (Row row : rows) {
            session.out().line(execute(template, row, false));
        }
    }

    private static Template parse(String text) {
        try {
            return Template.parse(text.replace("\\t", "\t").replace("\\n", "\n"));
        } catch (TemplateFailure e) {
            throw new Failure("failed to parse template: " + e.getMessage());
        }
    }

    private static String execute(Template template, GoStruct data, boolean heads) {
        try {
            return heads ? template.executeForHeads(data) : template.execute(data);
        } catch (TemplateFailure e) {
            throw new Failure("failed to execute template: " + e.getMessage());
        }
    }

    /// Heads in place of values.
    private final class Heads implements GoStruct {
        private final @Nullable Row sample;

        Heads(@Nullable Row sample) {
            this.sample = sample;
        }

        @Override
        public String typeName() {
            return sample == null ? "*formatter.Context" : sample.typeName();
        }

        @Override
        public boolean has(String field) {
            return field.equals("Label")
                    || !head(field).equals(field)
                    || (sample != null && sample.has(field));
        }

        @Override
        public boolean isMethod(String field) {
            return field.equals("Label");
        }

        /// A label's head is the last part of its key.
        @Override
        public Object get(String field, List<@Nullable Object> arguments) {
            if (!field.equals("Label") || arguments.isEmpty()) {
                return head(field);
            }
            String key = String.valueOf(arguments.get(0));
            return key.substring(key.lastIndexOf('.') + 1).replace('-', ' ').replace('_', ' ');
        }

        @Override
        public Map<String, @Nullable Object> all() {
            return Map.of();
        }
    }
}
