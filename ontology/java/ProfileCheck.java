import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWL2RLProfile;
import org.semanticweb.owlapi.profiles.OWLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Prints one line for each violation: profile, tab, name of the rule, tab, what breaks it. */
public final class ProfileCheck {
  public static void main(String[] arguments) throws Exception {
    OWLOntology ontology =
        OWLManager.createOWLOntologyManager()
            .loadOntologyFromOntologyDocument(new File(arguments[0]));
    Map<String, OWLProfile> profiles = new TreeMap<>();
    profiles.put("DL", new OWL2DLProfile());
    profiles.put("RL", new OWL2RLProfile());
    TreeSet<String> lines = new TreeSet<>();
    for (Map.Entry<String, OWLProfile> entry : profiles.entrySet()) {
      for (OWLProfileViolation violation :
          entry.getValue().checkOntology(ontology).getViolations()) {
        String told = violation.toString().replaceAll("\\s+", " ").strip();
        lines.add(entry.getKey() + "\t" + violation.getClass().getSimpleName() + "\t" + told);
      }
    }
    lines.forEach(System.out::println);
    // the last line tells an answer without violations from an answer that was cut off
    System.out.println("done");
  }
}
